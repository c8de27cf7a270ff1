package io.github.atleastonce.examples.ledger;

import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
class LedgerApplication {}
