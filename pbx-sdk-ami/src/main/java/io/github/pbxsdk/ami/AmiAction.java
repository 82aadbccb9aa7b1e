package io.github.pbxsdk.ami;

import io.github.pbxsdk.core.security.Operation;

/**
 * Something to ask of the server.
 *
 * <p>Each action that Asterisk documents has a class of its own in {@link
 * io.github.pbxsdk.ami.action}. For those of other modules and vendors there is {@link #raw}, and
 * an implementation of your own may give the answer a type.
 *
 * <p>Immutable, so that one action can be sent as often as needed and by many clients. Line breaks
 * in a value are refused when it is sent, before a byte has left.
 *
 * @param <R> what the answer is made into
 */
public interface AmiAction<R> {

    /** Returns the name as the server knows it, such as {@code QueueStatus}. */
    String name();

    /** Returns whether it reads or changes; what is not known counts as a change. */
    Operation.Access access();

    /**
     * Returns the lines to send, in order, without {@code Action} and {@code ActionID}: the client
     * adds these.
     */
    AmiFields fields();

    /**
     * Tells whether an answer is one that {@link #result} can be made of; all others are thrown as
     * {@link AmiRejectedException}.
     *
     * <p>These are the answers without an error. A few actions with a list take the error with
     * which Asterisk says that there is nothing to list, too, and their result is an empty list.
     */
    default boolean accepts(AmiResponse response) {
        return response.isSuccess();
    }

    /**
     * Makes the answer into the result. It is asked only for an answer that is accepted, after the
     * last item of a list has come.
     */
    R result(AmiResponse response);

    /**
     * Returns an action by its name, for what this SDK has no class for. It counts as a change.
     *
     * <p>Values are sent as they are. In a {@code Variable} the server cuts at commas and takes
     * quotes and backslashes for itself: put a backslash before each, which typed actions do.
     *
     * @throws IllegalArgumentException if there is a header name without a value
     */
    static AmiAction<AmiResponse> raw(String name, String... namesAndValues) {
        return new RawAction(name, AmiFields.of(namesAndValues));
    }
}
