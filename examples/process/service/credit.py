"""Reserves credit for each order, as credit.js does, with librdkafka and libpq. It knows nothing of tests."""
import json
import os

import psycopg2
from confluent_kafka import Consumer, KafkaException

remembers_orders = os.environ.get('CREDIT_REMEMBERS_ORDERS') != 'false'


def reserve(database, order):
    with database, database.cursor() as cursor:  # one transaction
        if is_new(cursor, order):
            cursor.execute('UPDATE customer SET credit = credit - %s WHERE id = %s', (order['total'], order['customer']))


def is_new(cursor, order):
    if not remembers_orders:
        return True
    cursor.execute('INSERT INTO inbox (order_id) VALUES (%s) ON CONFLICT DO NOTHING', (order['id'],))
    return cursor.rowcount == 1


def main():
    database = psycopg2.connect('')  # PGHOST, PGPORT, PGUSER, PGDATABASE
    orders = Consumer({
        'bootstrap.servers': os.environ['KAFKA_BROKERS'],
        'group.id': 'credit',
        'auto.offset.reset': 'earliest',
        'enable.auto.commit': False,
        'heartbeat.interval.ms': 100,
    })
    orders.subscribe(['orders'])
    while True:
        message = orders.poll(1.0)
        if message is None or message.error():
            continue  # librdkafka tries again by itself
        reserve(database, json.loads(message.value()))
        try:
            orders.commit(message, asynchronous=False)
        except KafkaException as refused:
            print('not committed, so that it comes again:', refused, flush=True)


main()
