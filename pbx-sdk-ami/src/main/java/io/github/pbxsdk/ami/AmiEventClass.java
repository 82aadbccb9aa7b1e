package io.github.pbxsdk.ami;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A class of events, by which a server decides who gets what.
 *
 * <p>An event is sent to those who may read all its classes and want all of them. The class of each
 * event stands in its Javadoc, and in its {@code Privilege} line.
 */
public enum AmiEventClass {
    /** The server itself: modules, registrations, devices, shut-down. */
    SYSTEM,
    /** Channels, bridges, dials, queues' callers, parking, recording. */
    CALL,
    /** Lines of the log. */
    LOG,
    /** Verbose lines of the console. */
    VERBOSE,
    /** Queue members and agents. */
    AGENT,
    /** Events that the dialplan, or an action, makes. */
    USER,
    /** Changes of configuration files. */
    CONFIG,
    /** Digits that were pressed. */
    DTMF,
    /** RTCP statistics, jitter buffers. */
    REPORTING,
    /** Call detail records, if {@code cdr_manager} is set up. */
    CDR,
    /** Variables and steps of the dialplan: by far the most events. */
    DIALPLAN,
    /** Asynchronous AGI. */
    AGI,
    /** Call completion. */
    CC,
    /** Advice of charge. */
    AOC,
    /** Of test builds. */
    TEST,
    /** Log-ins that worked or not. */
    SECURITY,
    /** Text messages. */
    MESSAGE;

    /** Returns all classes. */
    public static Set<AmiEventClass> all() {
        return EnumSet.allOf(AmiEventClass.class);
    }

    /** Returns what the server is to be told; a class of a newer server belongs to all. */
    static String mask(Set<AmiEventClass> classes) {
        if (classes.isEmpty()) {
            return "off";
        }
        if (classes.size() == values().length) {
            return "on";
        }
        return classes.stream()
                .sorted()
                .map(one -> one.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(","));
    }
}
