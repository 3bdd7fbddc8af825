import type { ComponentProps } from 'react';
import { TextField } from './TextField.tsx';
import type { FieldOptions } from '../field/Field.tsx';

export interface DateTimeFieldProps
  extends FieldOptions, Pick<ComponentProps<'input'>, 'id' | 'disabled' | 'required' | 'ref'> {
  /** RFC 3339 in UTC, or null when nothing is chosen. */
  readonly value: string | null;
  readonly onValueChange: (value: string | null) => void;
  readonly min?: Date | undefined;
  readonly max?: Date | undefined;
  /** `date` means the end of that day where the person is. */
  readonly granularity?: 'date' | 'minute' | undefined;
}

const two = (value: number) => String(value).padStart(2, '0');

function toLocal(time: Date, granularity: 'date' | 'minute'): string {
  const date = `${String(time.getFullYear()).padStart(4, '0')}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return granularity === 'date'
    ? date
    : `${date}T${two(time.getHours())}:${two(time.getMinutes())}`;
}

function toTime(local: string, granularity: 'date' | 'minute'): string | null {
  const time = new Date(granularity === 'date' ? `${local}T23:59:59.999` : local);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}

/** A day, or a day and time, in the browser's own picker, which speaks the person's language. */
export function DateTimeField(props: DateTimeFieldProps) {
  const { value, onValueChange, min, max, granularity = 'minute', ...rest } = props;
  return (
    <TextField
      {...rest}
      type={granularity === 'date' ? 'date' : 'datetime-local'}
      value={value === null ? '' : toLocal(new Date(value), granularity)}
      min={min && toLocal(min, granularity)}
      max={max && toLocal(max, granularity)}
      onValueChange={(local) => onValueChange(local === '' ? null : toTime(local, granularity))}
    />
  );
}
