package io.github.pbxsdk.ami;

/** The lines of an action as they go out: its name and id first, then its own. */
final class ActionLines {

    /** As long as our ids are at most, so that what is checked is what is sent. */
    private static final String LONGEST_ID = "x".repeat(32);

    private static final int ADDED_LINES = 2;
    private static final int LONGEST_USUAL_NAME = 64;

    private ActionLines() {}

    /** Returns the lines; the id is second, where the server finds it in every case. */
    static AmiFields of(AmiAction<?> action, String id) {
        return action.fields().after("Action", action.name(), "ActionID", id);
    }

    /**
     * Checks that an action can be sent over a transport.
     *
     * @throws IllegalArgumentException if not; the message says why
     */
    static void check(AmiAction<?> action, AmiTransport transport) {
        if (action.name().isEmpty()) {
            throw new IllegalArgumentException("an action needs a name");
        }
        AmiFields own = action.fields();
        if (own.has("Action") || own.has("ActionID")) {
            throw new IllegalArgumentException(
                    action.name() + " must not have Action or ActionID: the client adds these");
        }
        AmiEncoder.check(own, ADDED_LINES);
        if (!isUsual(action.name())) {
            AmiEncoder.check(AmiFields.of("Action", action.name()));
        }
        if (transport.kind() == AmiTransport.Kind.HTTP) {
            HttpForm.of(of(action, LONGEST_ID));
        }
    }

    /** Tells names that need no closer look, as all that Asterisk has. */
    private static boolean isUsual(String name) {
        for (int i = 0; i < name.length(); i++) {
            char letter = name.charAt(i);
            if ((letter < 'A' || letter > 'Z') && (letter < 'a' || letter > 'z')) {
                return false;
            }
        }
        return name.length() <= LONGEST_USUAL_NAME;
    }
}
