package io.github.pbxsdk.testing.ari;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Objects of one kind that events have told of, such as channels, each as it was told of last.
 *
 * <p>One event makes an object and one ends it; what others say of it is taken over in between. Not
 * thread-safe.
 */
final class ToldObjects {

    private static final Pattern TYPE = Pattern.compile("\"type\":\"(\\w+)\"");
    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");

    private final String member;
    private final String made;
    private final String ended;
    private final Map<String, String> objects = new LinkedHashMap<>();

    /**
     * Creates it.
     *
     * @param member what holds the object in an event
     * @param made the event with which one begins
     * @param ended the event with which it ends
     */
    ToldObjects(String member, String made, String ended) {
        this.member = "\"" + member + "\":";
        this.made = made;
        this.ended = ended;
    }

    /** Takes over what an event says. */
    void take(String event) {
        int from = event.indexOf(member + "{");
        Matcher type = TYPE.matcher(event);
        // A transfer has objects as they were when it began.
        if (from < 0 || !type.find() || type.group(1).endsWith("Transfer")) {
            return;
        }
        String object = object(event, from + member.length());
        Matcher id = ID.matcher(object);
        if (!id.find()) {
            return;
        }
        if (type.group(1).equals(ended)) {
            objects.remove(id.group(1));
        } else if (type.group(1).equals(made) || objects.containsKey(id.group(1))) {
            objects.put(id.group(1), object);
        }
    }

    /** Returns the object that begins there, up to the brace that closes it. */
    private static String object(String event, int from) {
        int depth = 0;
        boolean quoted = false;
        for (int at = from; at < event.length(); at++) {
            char c = event.charAt(at);
            if (c == '\\') {
                at++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && c == '{') {
                depth++;
            } else if (!quoted && c == '}' && --depth == 0) {
                return event.substring(from, at + 1);
            }
        }
        return "";
    }

    /** Returns them as JSON, the oldest first. */
    Collection<String> list() {
        return objects.values();
    }

    /** Returns one as JSON, while it is there. */
    Optional<String> find(String id) {
        return Optional.ofNullable(objects.get(id));
    }
}
