package io.github.pbxsdk.pbx;

import io.github.pbxsdk.ami.AmiMessageGateway;
import io.github.pbxsdk.ari.AriMessageGateway;
import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.MessageGateway;
import io.github.pbxsdk.sip.SipClient;

/** Makes the roads for texts; opens the client of the one that is asked for. */
final class RoadMaker {

    private final Clients clients;

    RoadMaker(Clients clients) {
        this.clients = clients;
    }

    boolean has(TextRoad road) {
        return switch (road) {
            case SMS -> clients.hasSms();
            case SIP -> clients.hasSip();
            case AMI -> clients.hasAmi();
            case ARI -> clients.hasAri();
        };
    }

    MessageGateway open(TextRoad road) {
        return switch (road) {
            case SMS -> new SmsRoad(clients.sms.get());
            case SIP -> sip();
            case AMI -> ami();
            case ARI -> ari();
        };
    }

    /** Returns the road by which the SMS module of a FreePBX is reached. */
    MessageGateway toThePbx() {
        return clients.hasSip() ? sip() : ami();
    }

    /** Texts leave as an extension, which has to be registered for that. */
    private MessageGateway sip() {
        SipClient sip = clients.sip.get();
        clients.extension().ifPresent(who -> sip.register(who.user(), who));
        return sip.messages();
    }

    private MessageGateway ami() {
        AmiMessageGateway.Builder builder = AmiMessageGateway.builder(clients.ami.get());
        clients.sipDomain().ifPresent(builder::domain);
        clients.extension().map(RoadMaker::sender).ifPresent(builder::from);
        return builder.build();
    }

    private MessageGateway ari() {
        AriMessageGateway.Builder builder = AriMessageGateway.builder(clients.ari.get());
        clients.sipDomain().ifPresent(builder::domain);
        clients.extension().map(RoadMaker::sender).ifPresent(builder::from);
        return builder.build();
    }

    private static Address sender(Credentials who) {
        return Address.extension(who.user());
    }
}
