package io.github.pbxsdk.sms.internal.broadcast;

import io.github.pbxsdk.core.PbxAuthenticationException;
import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.sms.SmsRejectedException.Kind;
import io.github.pbxsdk.sms.SmsState;
import io.github.pbxsdk.sms.SmsStatus;
import io.github.pbxsdk.sms.provider.Balance;
import io.github.pbxsdk.sms.provider.BatchReceipt;
import io.github.pbxsdk.sms.provider.HttpAnswer;
import io.github.pbxsdk.sms.provider.ProviderReceipt;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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
        BatchReceipt only = receipt(answer, onlyLine(answer));
        return only.receipt().orElseThrow(() -> only.failure().orElseThrow());
    }

    private static BatchReceipt receipt(HttpAnswer answer, String[] line) {
        if (line[0].equals("OK") && line.length == PIECES && !line[2].isEmpty()) {
            return BatchReceipt.taken(
                    ProviderReceipt.of(SmsStatus.of(SmsState.ACCEPTED, "OK"))
                            .identifiedBy(MessageId.of(line[2])));
        }
        if (line[0].equals("BAD")) {
            String words = line.length == PIECES ? line[2] : "no reason given";
            return BatchReceipt.failed(answer.refusal(kindOfBad(words), "BAD", words));
        }
        return BatchReceipt.failed(answer.unreadable("neither OK nor BAD nor ERROR"));
    }

    /**
     * Reads the answer to a request to send to several numbers: a line for each.
     *
     * <p>A line belongs to the number that it names, which {@code OK} writes in international form;
     * one that names none of them belongs to the next number without a line.
     */
    public static List<BatchReceipt> receipts(HttpAnswer answer, List<String> numbers) {
        Map<String, BatchReceipt> byNumber = new HashMap<>();
        Deque<BatchReceipt> nameless = new ArrayDeque<>();
        for (String line : lines(answer)) {
            String[] pieces = pieces(line);
            requireNoError(answer, line, pieces);
            String number = pieces.length > 1 ? pieces[1] : "";
            BatchReceipt receipt = receipt(answer, pieces);
            if (!numbers.contains(number) || byNumber.putIfAbsent(number, receipt) != null) {
                nameless.add(receipt);
            }
        }
        List<BatchReceipt> receipts = new ArrayList<>();
        for (String number : numbers) {
            BatchReceipt named = byNumber.get(number);
            receipts.add(named != null ? named : next(nameless, answer));
        }
        return receipts;
    }

    private static BatchReceipt next(Deque<BatchReceipt> nameless, HttpAnswer answer) {
        BatchReceipt next = nameless.poll();
        return next != null
                ? next
                : BatchReceipt.failed(answer.unreadable("no line for this number"));
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
        List<String> lines = lines(answer);
        if (lines.size() != 1) {
            throw answer.unreadable(lines.size() + " lines instead of one");
        }
        String[] pieces = pieces(lines.get(0));
        requireNoError(answer, lines.get(0), pieces);
        return pieces;
    }

    private static List<String> lines(HttpAnswer answer) {
        return answer.requireSuccess().body().lines().filter(line -> !line.isBlank()).toList();
    }

    private static String[] pieces(String line) {
        String[] pieces = line.split(":", PIECES);
        for (int i = 0; i < pieces.length; i++) {
            pieces[i] = pieces[i].strip();
        }
        return pieces;
    }

    private static void requireNoError(HttpAnswer answer, String line, String[] pieces) {
        if (pieces[0].equals("ERROR")) {
            throw error(answer, line.substring(line.indexOf(':') + 1).strip());
        }
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
