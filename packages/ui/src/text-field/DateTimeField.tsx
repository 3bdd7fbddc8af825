import type { ComponentProps } from 'react';
import { TextField } from './TextField.tsx';
import type { FieldOptions } from '../field/Field.tsx';
import { useLatchkey } from '../provider/LatchkeyProvider.tsx';
import { fromWallClock, toWallClock } from './wall-clock.ts';

export interface DateTimeFieldProps
  extends FieldOptions, Pick<ComponentProps<'input'>, 'id' | 'disabled' | 'required' | 'ref'> {
  /** RFC 3339 in UTC, or null when nothing is chosen. */
  readonly value: string | null;
  readonly onValueChange: (value: string | null) => void;
  readonly min?: Date | undefined;
  readonly max?: Date | undefined;
  /** `date` means the end of that day in the provider's time zone. */
  readonly granularity?: 'date' | 'minute' | undefined;
}

/** A day, or a day and time, in the browser's own picker, which speaks the person's language. */
export function DateTimeField(props: DateTimeFieldProps) {
  const { value, onValueChange, min, max, granularity = 'minute', ...rest } = props;
  const { timeZone } = useLatchkey();
  const shown = (time: Date) => toWallClock(time, granularity, timeZone);
  return (
    <TextField
      {...rest}
      type={granularity === 'date' ? 'date' : 'datetime-local'}
      value={value === null ? '' : shown(new Date(value))}
      min={min && shown(min)}
      max={max && shown(max)}
      onValueChange={(local) => onValueChange(fromWallClock(local, granularity, timeZone))}
    />
  );
}
