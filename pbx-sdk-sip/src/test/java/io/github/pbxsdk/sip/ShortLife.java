package io.github.pbxsdk.sip;

import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.security.TlsOptions;
import java.nio.file.Path;
import java.util.Set;

/**
 * A program that registers, closes its client and returns from {@code main}.
 *
 * <p>Arguments: port, transport, extension, file of the authority.
 */
final class ShortLife {

    private ShortLife() {}

    public static void main(String[] args) throws InterruptedException {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        SipTransport transport = SipTransport.valueOf(args[1]);
        SipClient.Builder builder =
                SipClient.builder()
                        .server("127.0.0.1", Integer.parseInt(args[0]))
                        .transport(transport);
        if (transport.isSecure()) {
            builder.tls(TlsOptions.ca(Path.of(args[3])));
        }
        try (SipClient sip = builder.build()) {
            sip.register(args[2], TestClients.credentials(args[2]));
            System.out.println("registered");
        } catch (PbxException e) {
            System.out.println(e.getClass().getSimpleName());
        }
        System.out.println("closed");
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (!before.contains(thread) && !isOfOkHttp(thread) && !hasEndedSoon(thread)) {
                System.out.println("left behind: " + thread.getName());
            }
        }
    }

    /** Daemons that all clients of OkHttp in a process share; they end after an idle minute. */
    private static boolean isOfOkHttp(Thread thread) {
        return thread.isDaemon() && thread.getName().matches("OkHttp TaskRunner|Okio Watchdog");
    }

    /** A thread that was told to end may need a moment for its last instruction. */
    private static boolean hasEndedSoon(Thread thread) throws InterruptedException {
        thread.join(2_000);
        return !thread.isAlive();
    }
}
