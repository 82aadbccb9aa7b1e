package io.github.pbxsdk.sip;

import io.github.pbxsdk.sip.internal.transport.Flow;
import io.github.pbxsdk.sip.internal.wire.RequestText;
import io.github.pbxsdk.sip.internal.wire.SipResponse;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the REGISTER requests of one extension, and knows the address at which the server reaches
 * us.
 *
 * <p>Used by tasks of the engine's actor.
 */
final class RegisterRequests {

    private final SipSettings settings;
    private final String user;
    private final String callId = ClientTransactions.randomText();
    private final String tag = ClientTransactions.randomText();
    private boolean plain;
    private List<String> stale = List.of();
    private @Nullable String seenAddress;
    private Duration leastExpires = Duration.ZERO;

    RegisterRequests(SipSettings settings, String extension) {
        this.settings = settings;
        this.user = SipText.user(extension);
        this.plain = !settings.outbound();
    }

    /** Returns the tag with which the extension names itself. */
    String tag() {
        return tag;
    }

    /** Begins as if nothing was known of the server. */
    void reset() {
        plain = !settings.outbound();
        seenAddress = null;
        stale = List.of();
        leastExpires = Duration.ZERO;
    }

    /** Begins anew on another flow. */
    void newFlow() {
        seenAddress = null;
    }

    /** Leaves RFC 5626 out from now on; false if it was left out already. */
    boolean becomePlain() {
        boolean changed = !plain;
        plain = true;
        return changed;
    }

    /** Asks for at least so much time from now on; false if that is not more than was asked. */
    boolean askForAtLeast(Duration least, Duration wanted) {
        boolean more = least.compareTo(RegistrationPauses.longer(wanted, leastExpires)) > 0;
        if (more) {
            leastExpires = least;
        }
        return more;
    }

    /** Uses the address that the server sees, once for each flow; false if that was done. */
    boolean isSeenAs(String address, Flow flow) {
        if (seenAddress != null) {
            return false;
        }
        stale = List.of(contact(flow));
        seenAddress = address;
        return true;
    }

    /** Notes where the server still has us from before, to be ended with the next request. */
    void endStale(Bindings bindings, Flow flow) {
        stale = bindings.stale(address(flow));
    }

    /** Notes that nothing is left from before. */
    void forgetStale() {
        stale = List.of();
    }

    /** Returns host and port at which the server reaches us. */
    String address(Flow flow) {
        return seenAddress != null ? seenAddress : flow.localAddress();
    }

    /** Returns the address at which the server reaches us. */
    String contact(Flow flow) {
        return ("sip:" + user + "@" + address(flow))
                + (";transport=" + settings.transport().uriName())
                + (plain ? "" : ";ob")
                + (";" + mark());
    }

    /** Returns the parameter that marks our addresses: servers keep it, and we know ourselves. */
    private String mark() {
        return "pbxsdk=" + settings.instanceId().get().toString().substring(0, 8);
    }

    /** Returns who is registered, by an answer. */
    Bindings bindings(SipResponse response, Duration asked) {
        return Bindings.of(response, mark(), asked);
    }

    /** Asks who is registered. */
    RequestText query() {
        String address = "<" + settings.addressOf(user) + ">";
        RequestText request =
                new RequestText(
                        "REGISTER",
                        "sip:" + settings.domain(),
                        address + ";tag=" + tag,
                        address,
                        callId);
        // In each one: a proxy adds its Path to all of them, and without this that is a 420.
        return request.header("Supported", plain ? "path" : "path, outbound, gruu");
    }

    /** Asks to register us for a time, or the longer one that the server has told us to. */
    RequestText register(Flow flow, Duration wanted) {
        Duration expires = RegistrationPauses.longer(wanted, leastExpires);
        String instance = "+sip.instance=\"<urn:uuid:" + settings.instanceId().get() + ">\"";
        String parameters =
                (";expires=" + expires.toSeconds()) + (plain ? "" : ";" + instance + ";reg-id=1");
        RequestText request = query().header("Contact", "<" + contact(flow) + ">" + parameters);
        stale.forEach(old -> request.header("Contact", "<" + old + ">;expires=0"));
        return request.header("Expires", String.valueOf(expires.toSeconds()));
    }

    /** Asks to end our registration. */
    RequestText unregister(Flow flow) {
        return query().header("Contact", "<" + contact(flow) + ">;expires=0")
                .header("Expires", "0");
    }

    /** Asks to end the registrations of all devices. */
    RequestText unregisterAll() {
        return query().header("Contact", "*").header("Expires", "0");
    }
}
