package io.github.pbxsdk.freepbx;

import java.util.List;
import java.util.Map;

/**
 * The dialplan of one's own on a PBX, {@code extensions_custom.conf}, which FreePBX never
 * overwrites.
 *
 * <p>Give one to {@link FreePbxClient.Builder#dialplan}; {@code pbx-sdk} makes one from an AMI
 * client, whose user needs the right {@code config}. A line is written as in the file, such as
 * {@code exten => s,1,Answer()} or {@code include => from-internal}. What is changed is live when a
 * method returns. Its methods may block, and are called on threads of the client's. Thread-safe.
 */
public interface CustomDialplan {

    /** Returns the road in a word, such as {@code ami}. */
    String road();

    /** Returns the lines of each context, by its name. */
    Map<String, List<String>> contexts();

    /**
     * Makes a context, unless there is one: then nothing is changed, not even if another program
     * has made it only just now.
     *
     * @return whether it was made
     */
    boolean create(String context, List<String> lines);

    /** Puts lines in the place of a context, or makes it. */
    void replace(String context, List<String> lines);

    /** Takes a context away; does nothing if there is none. */
    void remove(String context);
}
