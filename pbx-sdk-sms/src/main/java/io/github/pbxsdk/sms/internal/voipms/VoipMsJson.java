package io.github.pbxsdk.sms.internal.voipms;

import io.github.pbxsdk.core.PbxAuthenticationException;
import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.sms.SmsRejectedException.Kind;
import io.github.pbxsdk.sms.SmsState;
import io.github.pbxsdk.sms.SmsStatus;
import io.github.pbxsdk.sms.internal.json.JsonObject;
import io.github.pbxsdk.sms.provider.Balance;
import io.github.pbxsdk.sms.provider.HttpAnswer;
import io.github.pbxsdk.sms.provider.ProviderReceipt;
import java.math.BigDecimal;
import java.util.Set;

/** The answers of VoIP.ms: 200 for everything, with the failure inside. */
public final class VoipMsJson {

    private static final Set<String> NOT_US =
            Set.of(
                    "api_not_enabled",
                    "invalid_credentials",
                    "invalid_password",
                    "invalid_username",
                    "ip_not_enabled",
                    "missing_credentials");

    private VoipMsJson() {}

    /** Reads the answer to a request to send. */
    public static ProviderReceipt receipt(HttpAnswer answer) {
        String id = success(answer).find("sms", "mms").orElse("");
        if (id.isEmpty()) {
            throw answer.unreadable("a message without an id");
        }
        return ProviderReceipt.of(SmsStatus.of(SmsState.ACCEPTED, "success"))
                .identifiedBy(MessageId.of(id));
    }

    /** Reads the answer to a question for the balance. */
    public static Balance balance(HttpAnswer answer, String currency) {
        JsonObject balance = success(answer).object("balance");
        try {
            return Balance.money(
                    new BigDecimal(balance.find("current_balance").orElse("")), currency);
        } catch (NumberFormatException e) {
            throw answer.unreadable("a balance that is no number");
        }
    }

    private static JsonObject success(HttpAnswer answer) {
        JsonObject body =
                JsonObject.read(answer.requireSuccess().body())
                        .orElseThrow(() -> answer.unreadable("no JSON"));
        String status =
                body.find("status").orElseThrow(() -> answer.unreadable("JSON without a status"));
        if (status.equals("success")) {
            return body;
        }
        if (NOT_US.contains(status)) {
            throw new PbxAuthenticationException("VoIP.ms refused: " + status);
        }
        throw answer.refusal(kind(status), status, status);
    }

    private static Kind kind(String status) {
        return switch (status) {
            case "invalid_dst", "missing_dst" -> Kind.INVALID_RECIPIENT;
            case "invalid_did", "missing_did" -> Kind.INVALID_SENDER;
            case "sms_toolong" -> Kind.TOO_LONG;
            default -> Kind.OTHER;
        };
    }
}
