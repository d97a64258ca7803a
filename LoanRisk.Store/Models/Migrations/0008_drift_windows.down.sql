DROP TABLE drift_windows;
