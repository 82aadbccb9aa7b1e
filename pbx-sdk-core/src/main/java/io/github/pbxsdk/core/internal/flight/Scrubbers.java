package io.github.pbxsdk.core.internal.flight;

import io.github.pbxsdk.core.internal.redact.Bodies;
import io.github.pbxsdk.core.internal.redact.Extent;
import io.github.pbxsdk.core.internal.redact.NamedSecrets;
import io.github.pbxsdk.core.internal.redact.Redaction;
import io.github.pbxsdk.core.internal.redact.SecretNames;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is secret in each protocol. */
public final class Scrubbers {

    private static final Pattern LOGIN =
            Pattern.compile("(?im)^Action[ \\t]*+:[ \\t]*+Login[ \\t]*+(?=[\\r\\n]|\\z)");

    /** Of a log-in it is as good as the secret; of a database entry it is just a key. */
    private static final Pattern LOGIN_KEY =
            Pattern.compile("(?im)^(Key[ \\t]*+:[ \\t]*+)[^\\r\\n]++");

    /** Headers that name what a value elsewhere in the message is of. */
    private static final Pattern NAMING =
            Pattern.compile(
                    "(?im)^(?:Key|Variable|Var(?:-\\d+)?|Name|Setting)[ \\t]*+:([^\\r\\n]*+)");

    private static final Pattern NAMED_VALUE =
            Pattern.compile(
                    "(?im)^((?:Val|Value|Value-\\d+|Match-\\d+)[ \\t]*+:[ \\t]*+)[^\\r\\n]++");

    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_.-]+");

    private static final Pattern END_OF_HEAD = Pattern.compile("\\r?\\n\\r?\\n");

    private Scrubbers() {}

    /** Returns the scrubber for one AMI action, response or event, all its lines. */
    public static Scrubber ami() {
        return Scrubbers::ami;
    }

    /** Returns the scrubber for one HTTP request or response: start line, headers, body. */
    public static Scrubber http() {
        return message -> maskHeadAnd(message, Bodies::mask);
    }

    /** Returns the scrubber for one SIP message. */
    public static Scrubber sip() {
        return message -> maskHeadAnd(message, Scrubbers::lines);
    }

    /** Returns the scrubber for one JSON text, such as a frame of an ARI WebSocket. */
    public static Scrubber json() {
        return Bodies::mask;
    }

    private static String ami(String message) {
        String masked = lines(message);
        if (LOGIN.matcher(masked).find()) {
            masked = LOGIN_KEY.matcher(masked).replaceAll("$1***");
        }
        return namesSecret(masked) ? NAMED_VALUE.matcher(masked).replaceAll("$1***") : masked;
    }

    private static boolean namesSecret(String message) {
        return NAMING.matcher(message).results().anyMatch(header -> hasSecretName(header.group(1)));
    }

    private static boolean hasSecretName(String text) {
        return WORD.matcher(text).results().anyMatch(word -> SecretNames.isSecret(word.group()));
    }

    private static String maskHeadAnd(String message, Scrubber ofBody) {
        Matcher end = END_OF_HEAD.matcher(message);
        int body = end.find() ? end.end() : message.length();
        return head(message.substring(0, body)) + ofBody.scrub(message.substring(body));
    }

    private static String head(String head) {
        int end = head.indexOf('\n') + 1;
        String startLine = NamedSecrets.mask(head.substring(0, end), Extent.WORD);
        return Redaction.maskShapes(startLine) + lines(head.substring(end));
    }

    private static String lines(String text) {
        return Redaction.maskShapes(NamedSecrets.mask(text, Extent.LINE));
    }
}
