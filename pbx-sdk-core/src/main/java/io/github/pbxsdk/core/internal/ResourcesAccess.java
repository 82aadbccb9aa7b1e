package io.github.pbxsdk.core.internal;

import io.github.pbxsdk.core.PbxResources;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The side of {@link PbxResources} that only our own modules see.
 *
 * <p>{@code PbxResources} registers itself here when it is loaded, so that its public face stays
 * free of what users have no use for.
 */
public abstract class ResourcesAccess {

    private static volatile @Nullable ResourcesAccess instance;

    /** Called once, by {@link PbxResources}. */
    protected ResourcesAccess() {}

    /** Called once, by {@link PbxResources}. */
    public static void register(ResourcesAccess access) {
        instance = access;
    }

    /** Returns the access; whoever has resources at hand has loaded their class. */
    public static ResourcesAccess get() {
        return Objects.requireNonNull(instance, "PbxResources is not loaded");
    }

    /**
     * Returns a part that is made when first asked for, one for each key, and closed with the
     * resources.
     */
    public abstract <T extends AutoCloseable> T part(
            PbxResources resources, Class<T> key, Supplier<T> maker);

    /** Starts a thread for a loop that mostly waits. */
    public abstract Thread startReader(PbxResources resources, String name, Runnable loop);

    /** Has the client closed with the resources, unless it is closed before. */
    public abstract Registration register(PbxResources resources, AutoCloseable client);

    /** Undoes {@link ResourcesAccess#register(PbxResources, AutoCloseable)}. */
    @FunctionalInterface
    public interface Registration {

        /** Forgets the client. */
        void remove();
    }
}
