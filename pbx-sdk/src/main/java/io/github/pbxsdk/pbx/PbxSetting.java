package io.github.pbxsdk.pbx;

/**
 * The settings of {@link Pbx#fromEnvironment()}, by their names in the environment.
 *
 * <p>Each can come from a file too: {@code AMI_SECRET_FILE} names one that holds {@code
 * AMI_SECRET}. docs/configuration.md has the same table.
 */
public enum PbxSetting {
    /** Address of the FreePBX. */
    FREEPBX_URL("URL", "address of the FreePBX, such as https://pbx.example.com"),
    /** Key of its bridge for texts. */
    FREEPBX_API_KEY("KEY", "key of a bridge for texts on the FreePBX"),
    /** Secret of its bridge for texts. */
    FREEPBX_API_SECRET("SECRET", "secret of a bridge for texts on the FreePBX"),
    /** Client of its OAuth2. */
    FREEPBX_CLIENT_ID("ID", "client id of an API application (OAuth2)"),
    /** Secret of that client. */
    FREEPBX_CLIENT_SECRET("SECRET", "client secret of that API application"),
    /** Administrator of its web interface. */
    FREEPBX_GUI_USER("USER", "administrator of the web interface, for what has no API"),
    /** Password of that administrator. */
    FREEPBX_GUI_PASSWORD("PASSWORD", "password of that administrator"),
    /** Sender of texts. */
    FREEPBX_DEFAULT_FROM("NUMBER", "number that texts are sent from when none is named"),
    /** Minutes between two syncs. */
    FREEPBX_SYNC_INTERVAL_MINUTES(
            "MINUTES", "minutes between two syncs of recordings; 10 by default"),

    /** Host of the manager interface. */
    AMI_HOST("HOST", "host of the Asterisk manager interface"),
    /** Port of the manager interface. */
    AMI_PORT("PORT", "its port"),
    /** Manager user. */
    AMI_USER("USER", "manager user"),
    /** Secret of the manager user. */
    AMI_SECRET("SECRET", "secret of the manager user"),
    /** Whether the manager interface is reached over TLS. */
    AMI_TLS("true", "whether the manager interface is reached over TLS; false by default"),

    /** Address of the REST interface. */
    ARI_URL("URL", "address of the Asterisk REST interface, such as http://pbx.example.com:8088"),
    /** ARI user. */
    ARI_USER("USER", "ARI user"),
    /** Password of the ARI user. */
    ARI_PASSWORD("PASSWORD", "password of the ARI user"),
    /** Application of the event socket. */
    ARI_APPLICATION("NAME", "ARI application whose events are heard; none by default"),

    /** SIP server. */
    SIP_SERVER("HOST[:PORT]", "SIP server, such as pbx.example.com or pbx.example.com:5080"),
    /** SIP domain. */
    SIP_DOMAIN("DOMAIN", "SIP domain, where it is not the server's name"),
    /** Extension. */
    SIP_EXTENSION("EXTENSION", "extension to register"),
    /** Password of the extension. */
    SIP_PASSWORD("PASSWORD", "password of the extension"),
    /** How SIP travels. */
    SIP_TRANSPORT("NAME", "how SIP travels: udp, tcp, tls, ws or wss; udp by default"),

    /** SIP over WebSocket. */
    PBX_WS_SERVER("HOST:PORT", "server for SIP over WebSocket"),
    /** Domain for it. */
    PBX_DOMAIN("DOMAIN", "SIP domain for registration over WebSocket"),
    /** Certificate to trust. */
    PBX_CA("FILE", "PEM file of the certificate authority to trust instead of the usual ones"),
    /** Whether passwords may travel unprotected. */
    PBX_ALLOW_PLAINTEXT("true", "whether passwords may go to another host over plain http"),

    /** Provider of texts. */
    SMS_PROVIDER(
            "NAME",
            "who sends texts: smsbroadcast, messagemedia, twilio, flowroute, telnyx, bandwidth,"
                    + " voipms, freepbx or freepbx-bridge"),
    /** Country of numbers. */
    SMS_REGION("COUNTRY", "country whose way of writing numbers is understood, such as AU"),
    /** Sender name. */
    SMS_SENDER_ID("NAME", "sender name or number shown on the handset"),
    /** User of SMS Broadcast. */
    SMS_BROADCAST_USERNAME("USER", "user of the SMS Broadcast account"),
    /** Password of SMS Broadcast. */
    SMS_BROADCAST_PASSWORD("PASSWORD", "password of the SMS Broadcast account"),
    /** Another server for it. */
    SMS_BROADCAST_URL("URL", "server in place of that of SMS Broadcast"),
    /** Key of MessageMedia. */
    MESSAGEMEDIA_API_KEY("KEY", "API key of the MessageMedia account"),
    /** Secret of MessageMedia. */
    MESSAGEMEDIA_API_SECRET("SECRET", "API secret of the MessageMedia account"),
    /** Another server for it. */
    MESSAGEMEDIA_URL("URL", "server in place of that of MessageMedia"),
    /** Account of Twilio. */
    TWILIO_ACCOUNT_SID("SID", "account SID of the Twilio account"),
    /** Token of Twilio. */
    TWILIO_AUTH_TOKEN("TOKEN", "auth token of the Twilio account"),
    /** Messaging service of Twilio. */
    TWILIO_MESSAGING_SERVICE_SID("SID", "messaging service that chooses the sender"),
    /** Webhook of ours for delivery reports of Twilio. */
    TWILIO_STATUS_CALLBACK("URL", "webhook of yours for reports; else where the console says"),
    /** Another server for it. */
    TWILIO_URL("URL", "server in place of that of Twilio"),
    /** Access key of Flowroute. */
    FLOWROUTE_ACCESS_KEY("KEY", "access key of the Flowroute account"),
    /** Secret key of Flowroute. */
    FLOWROUTE_SECRET_KEY("SECRET", "secret key of the Flowroute account"),
    /** Another server for it. */
    FLOWROUTE_URL("URL", "server in place of that of Flowroute"),
    /** Key of Telnyx. */
    TELNYX_API_KEY("KEY", "API key of the Telnyx account"),
    /** Name of that account. */
    TELNYX_ACCOUNT("NAME", "name of that account in events and in the ledger; default by default"),
    /** Messaging profile of Telnyx. */
    TELNYX_MESSAGING_PROFILE_ID("ID", "messaging profile that chooses the sender"),
    /** Another server for it. */
    TELNYX_URL("URL", "server in place of that of Telnyx"),
    /** Token of Bandwidth. */
    BANDWIDTH_API_TOKEN("TOKEN", "API token of the Bandwidth account"),
    /** Secret of Bandwidth. */
    BANDWIDTH_API_SECRET("SECRET", "API secret of the Bandwidth account"),
    /** Account of Bandwidth. */
    BANDWIDTH_ACCOUNT_ID("NUMBER", "number of the Bandwidth account, such as 5500123"),
    /** Messaging application of Bandwidth. */
    BANDWIDTH_APPLICATION_ID("ID", "messaging application, to which webhooks belong"),
    /** Another server for it. */
    BANDWIDTH_URL("URL", "server in place of that of Bandwidth"),
    /** User of VoIP.ms. */
    VOIPMS_API_USERNAME("USER", "user of the VoIP.ms API"),
    /** Password of VoIP.ms. */
    VOIPMS_API_PASSWORD("PASSWORD", "password of the VoIP.ms API, which is not that of the portal"),
    /** Another server for it. */
    VOIPMS_URL("URL", "server in place of that of VoIP.ms");

    private final String placeholder;
    private final String meaning;

    PbxSetting(String placeholder, String meaning) {
        this.placeholder = placeholder;
        this.meaning = meaning;
    }

    /** Returns what stands for the value in help, such as {@code HOST}. */
    public String placeholder() {
        return placeholder;
    }

    /** Returns what it means, in one line. */
    public String meaning() {
        return meaning;
    }
}
