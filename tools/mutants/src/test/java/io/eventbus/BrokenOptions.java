package io.eventbus;

import io.eventbus.spi.OptionDescriptor;
import io.eventbus.spi.TransportProvider;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Builders that do something else with options than they should. */
public final class BrokenOptions {

    private BrokenOptions() {}

    /** What no option is called is left out, and nobody is told. */
    public static EventBusBuilder dropsUnknown(EventBusBuilder builder) {
        return builder.transportOptions(new TransportOptions() {
            @Override
            Map<String, String> complete(TransportProvider provider, Map<String, String> given, List<String> problems) {
                List<String> names =
                        provider.options().stream().map(OptionDescriptor::name).toList();
                Map<String, String> known = given.entrySet().stream()
                        .filter(option -> names.contains(option.getKey()))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
                return super.complete(provider, known, problems);
            }
        });
    }

    /** Any value goes. */
    public static EventBusBuilder takesAnyValue(EventBusBuilder builder) {
        return builder.transportOptions(new TransportOptions() {
            @Override
            Optional<String> problemWith(OptionDescriptor option, String value) {
                return Optional.empty();
            }
        });
    }

    /** What is given is checked and then forgotten: the transport gets the defaults. */
    public static EventBusBuilder keepsDefaults(EventBusBuilder builder) {
        return builder.transportOptions(new TransportOptions() {
            @Override
            Map<String, String> complete(TransportProvider provider, Map<String, String> given, List<String> problems) {
                Map<String, String> complete = new HashMap<>(super.complete(provider, given, problems));
                provider.options().forEach(option -> complete.put(option.name(), option.defaultValue()));
                return complete;
            }
        });
    }
}
