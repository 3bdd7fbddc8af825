import { getParser } from 'bowser';

/** What a browser says that it is; `null` where it says nothing that is known. */
export interface Device {
  /** `Firefox`. */
  browser: string | null;
  /** `Windows`. */
  system: string | null;
}

/** Reads a `User-Agent`, which anybody can make up: it is told to people, and nothing is decided by it. */
export function readDevice(userAgent: string | null): Device {
  if (userAgent === null) return { browser: null, system: null };
  const parser = getParser(userAgent);
  return { browser: parser.getBrowserName() || null, system: parser.getOSName() || null };
}
