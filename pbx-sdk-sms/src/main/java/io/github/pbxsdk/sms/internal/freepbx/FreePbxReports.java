package io.github.pbxsdk.sms.internal.freepbx;

import io.github.pbxsdk.core.message.MessageTraffic;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.sms.event.MessageReceivedEvent;
import io.github.pbxsdk.sms.event.SmsEvent;
import io.github.pbxsdk.sms.event.SmsOrigin;
import java.util.Optional;

/** What the SMS module reports, told from what else passes through the PBX. */
public final class FreePbxReports {

    private FreePbxReports() {}

    /** Returns the event of a text that a carrier brought, if the report is about one. */
    public static Optional<SmsEvent> received(SmsOrigin origin, TextMessage report) {
        if (!isNamed(report, "sms-inbound")) {
            return Optional.empty();
        }
        TextMessage.Builder message = report.toBuilder().via(origin.provider());
        FreePbxText.id(report.raw()).ifPresent(message::id);
        FreePbxText.time(report.raw(), "time").ifPresent(message::sentAt);
        return Optional.of(new MessageReceivedEvent(origin, message.build()));
    }

    /** Tells whether a report says that the module has taken a text to send. */
    static boolean isSent(TextMessage report) {
        return isNamed(report, "sms-outbound")
                && !report.attributes().containsKey(MessageTraffic.SUSPICION);
    }

    private static boolean isNamed(TextMessage report, String name) {
        return report.raw().find("UserEvent").filter(name::equalsIgnoreCase).isPresent();
    }
}
