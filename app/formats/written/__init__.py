"""Lists as tables that others read: TSML's CSV, NAWS' CSV, and one for people in their own words."""
