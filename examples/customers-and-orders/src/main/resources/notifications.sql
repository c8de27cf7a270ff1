CREATE TABLE letter (order_id VARCHAR(20) NOT NULL, says VARCHAR(40) NOT NULL, PRIMARY KEY (order_id, says));
