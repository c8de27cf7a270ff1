-- what Eventuate wants of a service
CREATE SCHEMA eventuate;
CREATE TABLE eventuate.message (
    id VARCHAR(100) PRIMARY KEY, destination VARCHAR(200) NOT NULL, headers VARCHAR(4000) NOT NULL, payload VARCHAR(4000) NOT NULL,
    published SMALLINT DEFAULT 0, message_partition SMALLINT, creation_time BIGINT);
CREATE TABLE eventuate.received_messages (
    consumer_id VARCHAR(200), message_id VARCHAR(100), creation_time BIGINT, PRIMARY KEY (consumer_id, message_id));
CREATE TABLE eventuate.saga_instance (
    saga_type VARCHAR(100), saga_id VARCHAR(100), state_name VARCHAR(200) NOT NULL, last_request_id VARCHAR(100), end_state SMALLINT,
    compensating SMALLINT, failed SMALLINT, saga_data_type VARCHAR(200) NOT NULL, saga_data_json VARCHAR(4000) NOT NULL,
    PRIMARY KEY (saga_type, saga_id));
CREATE TABLE eventuate.saga_instance_participants (
    saga_type VARCHAR(100), saga_id VARCHAR(100), destination VARCHAR(100), resource VARCHAR(100),
    PRIMARY KEY (saga_type, saga_id, destination, resource));
CREATE TABLE eventuate.saga_lock_table (target VARCHAR(100) PRIMARY KEY, saga_type VARCHAR(100) NOT NULL, saga_id VARCHAR(100) NOT NULL);
CREATE TABLE eventuate.saga_stash_table (
    message_id VARCHAR(100) PRIMARY KEY, target VARCHAR(100) NOT NULL, saga_type VARCHAR(100) NOT NULL, saga_id VARCHAR(100) NOT NULL,
    message_headers VARCHAR(4000) NOT NULL, message_payload VARCHAR(4000) NOT NULL);

-- what the services keep, each in a database of its own
CREATE TABLE orders (id VARCHAR(20) PRIMARY KEY, customer VARCHAR(20) NOT NULL, amount INT NOT NULL, state VARCHAR(20) NOT NULL);
CREATE TABLE customer (id VARCHAR(20) PRIMARY KEY, credit INT NOT NULL);
CREATE TABLE parcel (order_id VARCHAR(20) PRIMARY KEY);
