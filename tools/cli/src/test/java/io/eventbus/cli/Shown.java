package io.eventbus.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What tails have shown, each event where it came first. */
final class Shown {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, JsonNode> byId = new LinkedHashMap<>();
    private final Set<String> repeated = new HashSet<>();

    void note(String line) throws IOException {
        JsonNode event = JSON.readTree(line);
        String id = event.get("id").asText();
        if (byId.putIfAbsent(id, event) != null) {
            repeated.add(id);
        }
    }

    /** What a tail had written before it was killed; the last line may be cut off, and was then not handled. */
    void noteRest(TailProcess killed) throws IOException {
        for (String line = killed.readLine(); line != null; line = killed.readLine()) {
            if (isWhole(line)) {
                note(line);
            }
        }
    }

    private static boolean isWhole(String line) {
        try {
            return JSON.readTree(line).isObject();
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    int size() {
        return byId.size();
    }

    List<JsonNode> events() {
        return List.copyOf(byId.values());
    }

    /** In the order of coming. */
    List<String> ids() {
        return new ArrayList<>(byId.keySet());
    }

    /** Those that came more than once. */
    Set<String> repeated() {
        return repeated;
    }
}
