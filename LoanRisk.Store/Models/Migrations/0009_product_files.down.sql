DROP TABLE product_files;
