"""An overview of figures: charts, map, tables, files and paper."""
