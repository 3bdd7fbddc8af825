export { Filters, isFiltered, noFilters } from './Filters.tsx';
export type { FiltersProps, KeyFilters } from './Filters.tsx';
