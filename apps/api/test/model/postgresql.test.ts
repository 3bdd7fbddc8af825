import { describeHistories } from './live-on.ts';

describeHistories('postgresql');
