package io.github.pbxsdk.sip.internal.wire;

import io.github.pbxsdk.core.HostAndPort;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Answers to requests. */
public final class ResponseText {

    private static final Map<Integer, String> REASONS =
            Map.ofEntries(
                    Map.entry(200, "OK"),
                    Map.entry(202, "Accepted"),
                    Map.entry(400, "Bad Request"),
                    Map.entry(404, "Not Found"),
                    Map.entry(405, "Method Not Allowed"),
                    Map.entry(415, "Unsupported Media Type"),
                    Map.entry(416, "Unsupported URI Scheme"),
                    Map.entry(420, "Bad Extension"),
                    Map.entry(480, "Temporarily Unavailable"),
                    Map.entry(481, "Call/Transaction Does Not Exist"),
                    Map.entry(486, "Busy Here"),
                    Map.entry(489, "Bad Event"),
                    Map.entry(501, "Not Implemented"));

    private ResponseText() {}

    /**
     * Writes an answer.
     *
     * @param source where the request came from, as we saw it
     * @param toTag our tag, put where To has none yet
     * @param headers further header lines without their ends
     */
    public static byte[] encode(
            SipRequest request,
            int status,
            HostAndPort source,
            String toTag,
            List<String> headers) {
        StringBuilder text = new StringBuilder(512);
        text.append("SIP/2.0 ").append(status).append(' ');
        text.append(REASONS.getOrDefault(status, "Response")).append("\r\n");
        List<String> vias = request.headers().all("Via");
        for (int i = 0; i < vias.size(); i++) {
            String via = i == 0 ? seen(vias.get(0), source) : vias.get(i);
            text.append("Via: ").append(via).append("\r\n");
        }
        request.headers()
                .all("Record-Route")
                .forEach(route -> text.append("Record-Route: ").append(route).append("\r\n"));
        text.append("From: ").append(request.headers().get("From")).append("\r\n");
        text.append("To: ").append(tagged(request.headers().get("To"), toTag)).append("\r\n");
        text.append("Call-ID: ").append(request.callId()).append("\r\n");
        text.append("CSeq: ").append(request.headers().get("CSeq")).append("\r\n");
        headers.forEach(line -> text.append(line).append("\r\n"));
        text.append("Content-Length: 0\r\n\r\n");
        return RequestText.together(text, new byte[0]);
    }

    /** Notes in the topmost Via where the request came from (RFC 3581). */
    private static String seen(String via, HostAndPort source) {
        int comma = via.indexOf(',');
        String top = comma < 0 ? via : via.substring(0, comma);
        String rest = comma < 0 ? "" : via.substring(comma);
        String lower = top.toLowerCase(Locale.ROOT);
        int rport = lower.indexOf(";rport");
        if (rport < 0 || lower.startsWith("=", rport + 6) || lower.contains(";received=")) {
            return via;
        }
        return (top.substring(0, rport) + ";rport=" + source.port())
                + (";received=" + source.host() + top.substring(rport + 6) + rest);
    }

    private static String tagged(String to, String tag) {
        int uriEnd = to.indexOf('>');
        String parameters = to.substring(uriEnd + 1).toLowerCase(Locale.ROOT);
        return parameters.replace(" ", "").contains(";tag=") ? to : to + ";tag=" + tag;
    }
}
