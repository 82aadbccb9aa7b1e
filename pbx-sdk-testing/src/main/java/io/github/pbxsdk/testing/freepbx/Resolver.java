package io.github.pbxsdk.testing.freepbx;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers one root field of GraphQL, as the module does that it belongs to. */
@FunctionalInterface
interface Resolver {

    /**
     * Answers.
     *
     * @throws Refusal if the module says no
     */
    Map<String, @Nullable Object> resolve(
            GraphQlText.Field field, Map<String, @Nullable Object> arguments, Map<?, ?> input);

    /** A failure of business, in the words of the server. */
    final class Refusal extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Refusal(String message) {
            super(message);
        }
    }
}
