import { describeHistories } from './live-on.ts';

describeHistories('sqlite');
