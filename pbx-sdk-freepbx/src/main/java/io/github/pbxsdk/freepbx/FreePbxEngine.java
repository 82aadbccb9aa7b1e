package io.github.pbxsdk.freepbx;

import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.http.HttpTransport;
import io.github.pbxsdk.core.http.OkHttpTransport;
import io.github.pbxsdk.core.internal.ResourcesAccess;
import io.github.pbxsdk.core.internal.flight.FlightTap;
import io.github.pbxsdk.core.internal.flight.Scrubbers;
import io.github.pbxsdk.core.observe.FlightRecorder;
import io.github.pbxsdk.core.security.TlsOptions;
import org.jspecify.annotations.Nullable;

/** Holds the parts of a client together, and ends those that are its own. */
final class FreePbxEngine implements AutoCloseable {

    private final FreePbxSettings settings;
    private final PbxResources resources;
    private final boolean ownResources;
    private final @Nullable OkHttpTransport ownTransport;
    private final FreePbxCalls calls;
    private ResourcesAccess.Registration registration = () -> {};

    private FreePbxEngine(
            FreePbxSettings settings,
            PbxResources resources,
            boolean ownResources,
            HttpTransport transport,
            @Nullable OkHttpTransport ownTransport) {
        this.settings = settings;
        this.resources = resources;
        this.ownResources = ownResources;
        this.ownTransport = ownTransport;
        this.calls =
                FreePbxCalls.of(
                        settings,
                        resources,
                        new FreePbxHttp(settings, resources, transport, flight(settings)));
    }

    static FreePbxEngine of(
            FreePbxSettings settings,
            @Nullable PbxResources shared,
            @Nullable HttpTransport given,
            @Nullable TlsOptions tls) {
        PbxResources resources = shared == null ? PbxResources.create() : shared;
        OkHttpTransport own = given == null ? transport(resources, tls) : null;
        HttpTransport transport = given == null && own != null ? own : given;
        if (transport == null) {
            throw new IllegalStateException("a transport is given or made");
        }
        FreePbxEngine engine =
                new FreePbxEngine(settings, resources, shared == null, transport, own);
        engine.registration = ResourcesAccess.get().register(resources, engine);
        return engine;
    }

    private static OkHttpTransport transport(PbxResources resources, @Nullable TlsOptions tls) {
        OkHttpTransport.Builder builder = OkHttpTransport.builder().resources(resources);
        return (tls == null ? builder : builder.tls(tls)).build();
    }

    private static FreePbxFlight flight(FreePbxSettings settings) {
        FlightRecorder recorder = settings.flightRecorder();
        return new FreePbxFlight(
                recorder == null
                        ? FlightTap.none()
                        : FlightTap.on(recorder, "freepbx", Scrubbers.http()));
    }

    FreePbxSettings settings() {
        return settings;
    }

    FreePbxCalls calls() {
        return calls;
    }

    @Override
    public void close() {
        registration.remove();
        calls.close();
        if (ownTransport != null) {
            ownTransport.close();
        }
        if (ownResources) {
            resources.close();
        }
    }
}
