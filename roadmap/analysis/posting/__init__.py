"""Reading a job posting: which roles it mixes, with the quotes that say so. Rules only, no model, no network."""
