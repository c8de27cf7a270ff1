package shop.orders;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Takes orders, and leads the saga of each. */
@SpringBootApplication
public class OrdersApplication {}
