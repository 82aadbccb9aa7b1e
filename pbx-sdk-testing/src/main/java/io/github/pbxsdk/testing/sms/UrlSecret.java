package io.github.pbxsdk.testing.sms;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/** The query of the URL that the provider was told to call, as it is the only secret. */
record UrlSecret(String hook) implements Proof {

    @Override
    public Outgoing genuine(Outgoing call, Instant at) {
        return call;
    }

    @Override
    public Outgoing forged(Outgoing call, Instant at) {
        return calling(hook.replaceAll("=[^&]*", "=wrong"), call);
    }

    @Override
    public Outgoing bare(Outgoing call) {
        return calling(hook.replaceFirst("\\?.*", ""), call);
    }

    private Outgoing calling(String otherHook, Outgoing call) {
        String parameters = call.url().substring(hook.length());
        boolean first = !otherHook.contains("?") && parameters.startsWith("&");
        return call.withUrl(otherHook + (first ? "?" + parameters.substring(1) : parameters));
    }

    @Override
    public Set<WebhookFault> faults() {
        return EnumSet.complementOf(EnumSet.of(WebhookFault.CHANGED_BODY, WebhookFault.TOO_OLD));
    }
}
