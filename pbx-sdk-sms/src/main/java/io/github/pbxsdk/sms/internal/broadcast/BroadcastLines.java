package io.github.pbxsdk.sms.internal.broadcast;

import io.github.pbxsdk.core.PbxAuthenticationException;
import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.sms.SmsRejectedException.Kind;
import io.github.pbxsdk.sms.SmsState;
import io.github.pbxsdk.sms.SmsStatus;
import io.github.pbxsdk.sms.provider.Balance;
import io.github.pbxsdk.sms.provider.HttpAnswer;
import io.github.pbxsdk.sms.provider.ProviderReceipt;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/** The lines that SMS Broadcast answers, with status 200 whatever they say. */
public final class BroadcastLines {

    private static final int PIECES = 3;

    private BroadcastLines() {}

    /** Returns our word for a status of SMS Broadcast. */
    public static SmsStatus status(String words) {
        SmsState state =
                switch (words.toLowerCase(Locale.ROOT)) {
                    case "delivered" -> SmsState.DELIVERED;
                    case "expired" -> SmsState.EXPIRED;
                    case "rejected" -> SmsState.REJECTED;
                    case "failed" -> SmsState.FAILED;
                    default -> SmsState.UNKNOWN;
                };
        return SmsStatus.of(state, words);
    }

    /** Reads the answer to a request to send to one recipient. */
    public static ProviderReceipt receipt(HttpAnswer answer) {
        String[] line = onlyLine(answer);
        if (line[0].equals("OK") && line.length == PIECES && !line[2].isEmpty()) {
            return ProviderReceipt.of(SmsStatus.of(SmsState.ACCEPTED, "OK"))
                    .identifiedBy(MessageId.of(line[2]));
        }
        if (line[0].equals("BAD")) {
            String words = line.length == PIECES ? line[2] : "no reason given";
            throw answer.refusal(kindOfBad(words), "BAD", words);
        }
        throw answer.unreadable("neither OK nor BAD nor ERROR");
    }

    private static Kind kindOfBad(String words) {
        return words.toLowerCase(Locale.ROOT).contains("number")
                ? Kind.INVALID_RECIPIENT
                : Kind.OTHER;
    }

    /** Reads the answer to a question for the balance. */
    public static Balance balance(HttpAnswer answer) {
        String[] line = onlyLine(answer);
        try {
            return Balance.credits(new BigDecimal(line.length > 1 ? line[1] : ""));
        } catch (NumberFormatException e) {
            throw answer.unreadable("a balance that is no number");
        }
    }

    private static String[] onlyLine(HttpAnswer answer) {
        List<String> lines =
                answer.requireSuccess().body().lines().filter(line -> !line.isBlank()).toList();
        if (lines.size() != 1) {
            throw answer.unreadable(lines.size() + " lines instead of one");
        }
        String[] pieces = lines.get(0).split(":", PIECES);
        for (int i = 0; i < pieces.length; i++) {
            pieces[i] = pieces[i].strip();
        }
        if (pieces[0].equals("ERROR")) {
            throw error(answer, lines.get(0).substring(lines.get(0).indexOf(':') + 1).strip());
        }
        return pieces;
    }

    /** Nobody was sent anything; only the words say why. */
    private static RuntimeException error(HttpAnswer answer, String words) {
        String lower = words.toLowerCase(Locale.ROOT);
        if (lower.contains("username") || lower.contains("password")) {
            return new PbxAuthenticationException("SMS Broadcast refused: " + words);
        }
        return answer.refusal(kindOfError(lower), "ERROR", words);
    }

    private static Kind kindOfError(String lower) {
        if (lower.contains("credit") || lower.contains("balance")) {
            return Kind.INSUFFICIENT_FUNDS;
        }
        if (lower.contains("sender") || lower.contains("from")) {
            return Kind.INVALID_SENDER;
        }
        return lower.contains("long") ? Kind.TOO_LONG : Kind.OTHER;
    }
}
