package shop.warehouse;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Packs parcels. */
@SpringBootApplication
public class WarehouseApplication {}
