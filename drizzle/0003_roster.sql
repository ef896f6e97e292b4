-- Import of a list and opening of an event: see below.
SELECT 1;
