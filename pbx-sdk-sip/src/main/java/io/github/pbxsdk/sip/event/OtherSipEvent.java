package io.github.pbxsdk.sip.event;

import io.github.pbxsdk.core.RawFields;
import java.util.Objects;

/** The server sent a request that this version does not know or serve; it was answered so. */
public final class OtherSipEvent implements SipEvent {

    private final String extension;
    private final String method;
    private final int answer;
    private final RawFields fields;

    /** Creates an event. */
    public OtherSipEvent(String extension, String method, int answer, RawFields fields) {
        this.extension = Objects.requireNonNull(extension, "extension");
        this.method = Objects.requireNonNull(method, "method");
        this.answer = answer;
        this.fields = Objects.requireNonNull(fields, "fields");
    }

    /** {@inheritDoc} Empty when it was for nobody here. */
    @Override
    public String extension() {
        return extension;
    }

    /** Returns the method, such as {@code INFO}. */
    public String method() {
        return method;
    }

    /** Returns the status it was answered with. */
    public int answer() {
        return answer;
    }

    /** Returns its headers. */
    public RawFields fields() {
        return fields;
    }

    @Override
    public String toString() {
        return "OtherSipEvent[" + extension + ": " + method + ", answered " + answer + "]";
    }
}
