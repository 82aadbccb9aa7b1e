package io.github.pbxsdk.freepbx;

/**
 * Where the SMS module of a PBX tells of texts.
 *
 * @param raw everything the PBX told
 */
public record FreePbxWebhook(FreePbxObject raw) {

    /** Returns its id. */
    public String id() {
        return raw.text("id");
    }

    /** Returns the address that is called. */
    public String url() {
        return raw.text("webhookUrl");
    }

    /** Returns of which texts it tells. */
    public Texts texts() {
        return Texts.read(raw.text("dataToBeSentOn"));
    }

    /** Tells whether it is on. */
    public boolean isEnabled() {
        return raw.isOn("enablewebHook");
    }

    @Override
    public String toString() {
        return "FreePbxWebhook[" + id() + ", " + texts() + (isEnabled() ? "]" : ", off]");
    }

    /** Of which texts a web hook tells. */
    public enum Texts {
        /** Those that the PBX sends. */
        SENT("send"),
        /** Those that come in. */
        RECEIVED("receive"),
        /** Both. */
        ALL("both"),
        /** A word that is not known here; see {@link FreePbxWebhook#raw()}. It can't be set. */
        OTHER("");

        private final String word;

        Texts(String word) {
            this.word = word;
        }

        String word() {
            if (this == OTHER) {
                throw new IllegalArgumentException("OTHER is read, and can't be set");
            }
            return word;
        }

        static Texts read(String word) {
            for (Texts texts : values()) {
                if (texts.word.equals(word)) {
                    return texts;
                }
            }
            return OTHER;
        }
    }
}
