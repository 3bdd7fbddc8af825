/** Wakes one who waits. What rang while nobody waited is heard at the next wait; many rings are heard once. */
export class Bell {
  #rung = false;
  #wake: () => void = () => undefined;

  readonly ring = (): void => {
    this.#rung = true;
    this.#wake();
  };

  /** Waits for a ring. @param atMost in milliseconds. */
  async heard(atMost: number): Promise<void> {
    if (!this.#rung) {
      await new Promise<void>((resolve) => {
        const clock = setTimeout(resolve, atMost);
        this.#wake = () => {
          clearTimeout(clock);
          resolve();
        };
      });
    }
    this.#rung = false;
  }
}
