package io.eventbus.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Real events, as lines; see the notice beside the file. */
final class Webhooks {
    private Webhooks() {}

    static List<String> lines() throws IOException {
        try (InputStream in = Webhooks.class.getResourceAsStream("/webhooks/github-webhooks.jsonl")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
