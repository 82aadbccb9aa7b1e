package io.github.pbxsdk.benchmarks;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** Takes the results of the work, so that the compiler cannot leave the work out. */
public final class Sink {

    private static final VarHandle NUMBER = handle("number", long.class);
    private static final VarHandle OBJECT = handle("object", Object.class);

    // Read by nobody: they are there to be written.
    @SuppressWarnings("unused")
    private static long number;

    @SuppressWarnings("unused")
    private static Object object = "";

    private Sink() {}

    /** Takes a number. */
    public static void keep(long value) {
        NUMBER.setOpaque(value);
    }

    /** Takes an object. */
    public static void keep(Object value) {
        OBJECT.setOpaque(value);
    }

    private static VarHandle handle(String field, Class<?> type) {
        try {
            return MethodHandles.lookup().findStaticVarHandle(Sink.class, field, type);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
