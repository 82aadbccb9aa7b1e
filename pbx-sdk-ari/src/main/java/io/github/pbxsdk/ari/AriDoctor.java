package io.github.pbxsdk.ari;

import io.github.pbxsdk.ari.AriCheck.Outcome;
import io.github.pbxsdk.ari.AriRejectedException.Kind;
import io.github.pbxsdk.ari.model.AsteriskInfo;
import io.github.pbxsdk.ari.model.SystemInfo;
import io.github.pbxsdk.core.PbxAuthenticationException;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxProtocolException;
import io.github.pbxsdk.core.PbxTimeoutException;
import io.github.pbxsdk.core.internal.Futures;
import io.github.pbxsdk.core.security.Operation.Access;
import io.github.pbxsdk.core.security.OperationRefusedException;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Finds out what stands between a client and a server: reads, then tries a change of nothing. */
final class AriDoctor {

    private final AriCalls calls;

    AriDoctor(AriCalls calls) {
        this.calls = calls;
    }

    AriCheck check() {
        try {
            String version = version();
            return mayChange()
                    ? new AriCheck(Outcome.OK, "Asterisk " + version + " answers")
                    : new AriCheck(
                            Outcome.READ_ONLY,
                            "Asterisk "
                                    + version
                                    + " answers, and this user may only read; set read_only=no for"
                                    + " changes");
        } catch (PbxException e) {
            return new AriCheck(outcome(e), words(e));
        }
    }

    private String version() {
        AriCall call = calls.begin("asterisk.getInfo", Access.READ, "GET");
        call.path("asterisk");
        call.path("info");
        call.query("only", List.of("system"));
        AsteriskInfo info = Futures.await(calls.send(call, AriAnswer.object(AsteriskInfo::of)));
        return info.system().map(SystemInfo::version).orElse("of a version that it does not tell");
    }

    /**
     * Stops a playback that nobody has: a user who may change things is told that it isn't there.
     */
    private boolean mayChange() {
        try {
            AriCall call = calls.begin("playbacks.stop", Access.CHANGE, "DELETE");
            call.path("playbacks");
            call.name("playbackId", AriClient.newId());
            Futures.await(calls.send(call));
            return true;
        } catch (AriRejectedException e) {
            return e.kind() != Kind.READ_ONLY_USER;
        } catch (OperationRefusedException e) {
            return false;
        }
    }

    private static Outcome outcome(PbxException failure) {
        if (failure instanceof AriRejectedException refusal) {
            return switch (refusal.kind()) {
                case UNKNOWN_OPERATION -> Outcome.NO_ARI;
                case NOT_READY -> Outcome.NOT_BOOTED;
                default -> Outcome.OTHER;
            };
        }
        if (failure instanceof PbxAuthenticationException) {
            return Outcome.CREDENTIALS;
        }
        if (isTls(failure)) {
            return Outcome.TLS;
        }
        if (failure instanceof PbxTimeoutException) {
            return Outcome.SILENT;
        }
        if (failure instanceof PbxProtocolException) {
            return Outcome.NO_ARI;
        }
        return failure instanceof PbxConnectionException ? Outcome.UNREACHABLE : Outcome.OTHER;
    }

    private static boolean isTls(@Nullable Throwable failure) {
        return failure != null && (failure instanceof SSLException || isTls(failure.getCause()));
    }

    private static String words(PbxException failure) {
        String said = String.valueOf(failure.getMessage());
        return switch (outcome(failure)) {
            case NO_ARI ->
                    said
                            + ". The HTTP server is there; ARI may be off (enabled=yes in ari.conf), or"
                            + " http.conf has a prefix that belongs into baseUri(...)";
            case UNREACHABLE ->
                    said
                            + ". Is the HTTP server on (enabled=yes and bindaddr in http.conf), and is"
                            + " this its port?";
            case SILENT -> said + ". A firewall may drop what is sent, or the address is wrong";
            case NOT_BOOTED -> said + ". The server is starting; try again in a moment";
            default -> said;
        };
    }
}
