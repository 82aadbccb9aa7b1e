package io.github.pbxsdk.ami;

import java.util.Objects;

/**
 * Has the server leave out events before it sends them.
 *
 * <pre>{@code
 * AmiClient.builder()
 *         .addFilter(AmiEventFilter.excludeEvent("VarSet"))
 *         .addFilter(AmiEventFilter.excludeEvent("RTCPSent"));
 * }</pre>
 *
 * <p>The client sets its filters up on each connection, before the first event comes. The AMI user
 * needs write permission for {@code system}. With one including filter, everything that no
 * including filter matches is left out, what an originate waits for as well.
 *
 * @param text the filter as the server takes it: a POSIX extended regular expression over the whole
 *     text of an event, with {@code !} in front to exclude
 */
public record AmiEventFilter(String text) {

    /**
     * Checks the text.
     *
     * @throws IllegalArgumentException if it is blank or has line breaks
     */
    public AmiEventFilter {
        Objects.requireNonNull(text, "text");
        if (text.isBlank() || text.equals("!")) {
            throw new IllegalArgumentException("a filter needs an expression");
        }
        if (text.chars().anyMatch(c -> c == '\r' || c == '\n' || c == 0)) {
            throw new IllegalArgumentException("a filter must not contain line breaks or NUL");
        }
    }

    /** Returns a filter that lets pass what matches; {@code Queue: support} for instance. */
    public static AmiEventFilter include(String expression) {
        return new AmiEventFilter(expression);
    }

    /** Returns a filter that leaves out what matches. */
    public static AmiEventFilter exclude(String expression) {
        return new AmiEventFilter("!" + expression);
    }

    /** Returns a filter that lets pass the events of one name. */
    public static AmiEventFilter includeEvent(String name) {
        return include(named(name));
    }

    /** Returns a filter that leaves out the events of one name. */
    public static AmiEventFilter excludeEvent(String name) {
        return exclude(named(name));
    }

    /** Matches the first line alone and whole: texts of strangers stand in the others. */
    private static String named(String name) {
        if (!name.matches("[A-Za-z0-9_-]+")) {
            throw new IllegalArgumentException("not the name of an event: " + name);
        }
        return "^Event: " + name + "[[:cntrl:]]";
    }

    /** Returns the action that sets it up. */
    AmiAction<AmiResponse> action() {
        return AmiAction.raw("Filter", "Operation", "Add", "Filter", text);
    }
}
