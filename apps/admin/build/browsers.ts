/** The oldest browsers that draw the design system: it decides light and dark by `light-dark()`. */
export const browsers = ['chrome123', 'edge123', 'firefox120', 'safari17.5'];
