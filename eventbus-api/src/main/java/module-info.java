/** The event bus: the API for applications, the SPI for brokers, and the engine between them. */
module io.eventbus {
    requires transitive com.fasterxml.jackson.databind;
    requires com.fasterxml.jackson.datatype.jsr310;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports io.eventbus;
    exports io.eventbus.spi;

    uses io.eventbus.spi.TransportProvider;
}
