package io.eventbus;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The one grammar of names: 1 to 200 characters of well-formed Unicode, no control characters, no space at the ends. */
final class Names {
    static final int MAX_LENGTH = 200;

    private Names() {}

    /** The same for what every event carries in full, where brokers count bytes. */
    static Optional<String> checkCarried(String what, String name) {
        Optional<String> problem = check(what, name);
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        return problem.isPresent() || bytes <= MAX_LENGTH
                ? problem
                : Optional.of(what + " has " + bytes + " bytes in UTF-8; expected 1 to " + MAX_LENGTH);
    }

    /** What is wrong with a name, as a sentence for a person; empty if it is good. */
    static Optional<String> check(String what, String name) {
        if (name.isEmpty() || name.length() > MAX_LENGTH) {
            return Optional.of(what + " has " + name.length() + " characters; expected 1 to " + MAX_LENGTH);
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
            return Optional.of(what + " is not well-formed Unicode");
        }
        if (name.codePoints().anyMatch(Character::isISOControl)) {
            return Optional.of(what + " holds a control character");
        }
        return name.strip().equals(name) ? Optional.empty() : Optional.of(what + " begins or ends with a space");
    }
}
