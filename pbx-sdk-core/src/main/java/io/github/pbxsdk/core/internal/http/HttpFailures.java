package io.github.pbxsdk.core.internal.http;

import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.http.HttpConnectionException;
import io.github.pbxsdk.core.http.HttpProtocolException;
import io.github.pbxsdk.core.http.HttpTimeoutException;
import io.github.pbxsdk.core.internal.http.OneRequestGuard.SecondRequestException;
import io.github.pbxsdk.core.internal.http.RequestContent.BrokenBodyException;
import io.github.pbxsdk.core.internal.tls.TlsFailures;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import okhttp3.HttpUrl;

/**
 * Says in one sentence what became of a call: what was tried, where, what came back, what to do.
 */
final class HttpFailures {

    private final Object what;
    private final boolean overTls;
    private final String host;
    private final int port;
    private final Progress progress;

    /**
     * Creates the failures of one call.
     *
     * @param what the call in words that hold no secret
     */
    HttpFailures(Object what, HttpUrl url, Progress progress) {
        this.what = what;
        this.overTls = url.isHttps();
        this.host = url.host();
        this.port = url.port();
        this.progress = progress;
    }

    /** Returns the failure of a call that ran out of time. */
    HttpTimeoutException timeout(Duration limit) {
        return new HttpTimeoutException(
                what
                        + ": "
                        + progress.phase().missing()
                        + " within "
                        + limit.toMillis()
                        + " ms"
                        + outcome(),
                null,
                progress.bytesSent());
    }

    /** Returns the failure of a call that broke off before the answer's head was there. */
    PbxException beforeAnswer(Throwable cause) {
        if (progress.refused() > 0) {
            return lost(
                    peer() + " answered " + progress.refused() + ", for which nothing is repeated",
                    cause);
        }
        if (cause instanceof ProtocolException) {
            return new HttpProtocolException(
                    what + ": " + peer() + " did not answer in HTTP (" + cause.getMessage() + ")",
                    String.valueOf(cause.getMessage()),
                    cause,
                    progress.bytesSent());
        }
        return cause instanceof InterruptedIOException && progress.bytesSent() > 0
                ? notTaken(cause)
                : lost(reason(cause), cause);
    }

    /** Returns the failure of a call whose request was not taken on, or not answered. */
    HttpTimeoutException notTaken(Throwable cause) {
        return new HttpTimeoutException(
                what + ": " + progress.phase().missing() + " in time" + outcome(),
                cause,
                progress.bytesSent());
    }

    /** Returns the failure of a call whose answer broke off in its body. */
    PbxException inAnswer(Throwable cause, long bytesRead) {
        if (cause instanceof InterruptedIOException) {
            return silence(cause, bytesRead);
        }
        return lost(
                "the answer broke off after " + bytesRead + " bytes (" + cause.getMessage() + ")",
                cause);
    }

    /** Returns the failure of a call whose answer stopped in its body. */
    HttpTimeoutException silence(Throwable cause, long bytesRead) {
        return new HttpTimeoutException(
                what
                        + (": " + peer() + " fell silent within the answer after ")
                        + (bytesRead + " bytes"),
                cause,
                progress.bytesSent());
    }

    private HttpConnectionException lost(String reason, Throwable cause) {
        return new HttpConnectionException(what + ": " + reason, cause, progress.bytesSent());
    }

    private String reason(Throwable cause) {
        if (cause instanceof SecondRequestException || cause instanceof BrokenBodyException) {
            return cause.getMessage() + outcome();
        }
        if (!(cause instanceof IOException)) {
            return "an interceptor failed (" + cause + ")" + outcome();
        }
        Optional<String> tls = TlsFailures.sentence(host, port, cause);
        if (tls.isPresent()) {
            return tls.get() + outcome();
        }
        return progress.bytesSent() == 0 ? unreached(cause) : broken(cause) + outcome();
    }

    private String unreached(Throwable cause) {
        if (cause instanceof UnknownHostException) {
            return "no address is known for the host " + host + "; is the name right?";
        }
        if (progress.phase() == Progress.Phase.SECURING) {
            return TlsFailures.handshakeSentence(host, port, cause);
        }
        if (cause instanceof SocketTimeoutException) {
            return peer()
                    + " does not react to a connection; is the address right, or does a"
                    + " firewall drop it?";
        }
        if (cause instanceof NoRouteToHostException) {
            return "there is no way to " + peer() + " (" + cause.getMessage() + ")";
        }
        if (cause instanceof ConnectException) {
            return peer() + " refuses connections; is the service on, and this its port?";
        }
        return "no connection to " + peer() + " (" + cause.getMessage() + ")";
    }

    private String broken(Throwable cause) {
        String words =
                cause.getCause() instanceof EOFException
                        ? peer() + " hung up without an answer"
                        : "the connection to " + peer() + " was lost (" + cause.getMessage() + ")";
        return overTls ? TlsFailures.orMissingCertificate(words) : words;
    }

    private String outcome() {
        return progress.bytesSent() == 0
                ? "; nothing was sent"
                : "; what was sent may have been carried out";
    }

    private String peer() {
        return host + ":" + port;
    }
}
