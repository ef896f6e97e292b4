-- The office.
SELECT 1;
