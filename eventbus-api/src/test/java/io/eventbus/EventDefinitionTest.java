package io.eventbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How a payload class is described, with annotations and without. */
class EventDefinitionTest {

    @EventType(aggregate = "Order", name = "OrderPlaced", version = 3)
    private record Placed(@EventKey @Nullable UUID order, int total) {}

    @EventType(aggregate = "Order")
    private record Shipped(String order) {}

    @EventType(aggregate = "Order")
    private record TwoKeys(@EventKey String order, @EventKey String customer) {}

    @EventType(aggregate = "Order")
    record BadKey(@EventKey String order) {

        @Override
        public String order() {
            throw new IllegalStateException("no order today");
        }
    }

    private record Plain(String order) {}

    @Test
    @DisplayName("aggregate, name and version come from the annotation")
    void readsAnnotation() {
        EventDefinition<Placed> definition = EventDefinition.of(Placed.class);
        assertThat(definition.aggregateType()).isEqualTo("Order");
        assertThat(definition.type()).isEqualTo("OrderPlaced");
        assertThat(definition.schemaVersion()).isEqualTo(3);
    }

    @Test
    @DisplayName("without a name, the simple name of the class is taken, in version 1")
    void simpleNameByDefault() {
        EventDefinition<Shipped> definition = EventDefinition.of(Shipped.class);
        assertThat(definition.type()).isEqualTo("Shipped");
        assertThat(definition.schemaVersion()).isEqualTo(1);
    }

    @Test
    @DisplayName("the key is the text of the annotated component, also of a private record")
    void readsKey() {
        UUID order = UUID.randomUUID();
        assertThat(EventDefinition.of(Placed.class).key().apply(new Placed(order, 1)))
                .isEqualTo(order.toString());
    }

    @Test
    @DisplayName("a key component that is null means no key")
    void nullKey() {
        assertThat(EventDefinition.of(Placed.class).key().apply(new Placed(null, 1)))
                .isNull();
    }

    @Test
    @DisplayName("without an annotated component there is no key")
    void noKey() {
        assertThat(EventDefinition.of(Shipped.class).key().apply(new Shipped("o")))
                .isNull();
    }

    @Test
    @DisplayName("what the key's accessor throws is kept as the cause")
    void failingKey() {
        EventDefinition<BadKey> definition = EventDefinition.of(BadKey.class);
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> definition.key().apply(new BadKey("o")))
                .withMessageContaining("order")
                .havingCause()
                .withMessage("no order today");
    }

    @Test
    @DisplayName("a class without annotation is refused by name, with what to do")
    void refusesPlainClass() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> EventDefinition.of(Plain.class))
                .withMessageContainingAll(Plain.class.getName(), "@EventType", "EventDefinition.of");
    }

    @Test
    @DisplayName("a class with two keys is refused by name")
    void refusesTwoKeys() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> EventDefinition.of(TwoKeys.class))
                .withMessageContainingAll(TwoKeys.class.getName(), "2 components with @EventKey");
    }

    @Test
    @DisplayName("a plain class can be defined with names, a key and a version")
    void definesPlainClass() {
        EventDefinition<Plain> definition = EventDefinition.of(Plain.class, "Order", "Noted")
                .keyedBy(Plain::order)
                .version(2);
        assertThat(definition.key().apply(new Plain("o"))).isEqualTo("o");
        assertThat(definition.schemaVersion()).isEqualTo(2);
    }

    @Test
    @DisplayName("a plain class has no key and version 1 unless told otherwise")
    void plainDefaults() {
        EventDefinition<Plain> definition = EventDefinition.of(Plain.class, "Order", "Noted");
        assertThat(definition.key().apply(new Plain("o"))).isNull();
        assertThat(definition.schemaVersion()).isEqualTo(1);
    }
}
