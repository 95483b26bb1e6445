package org.shuniu.scenario;

import java.util.function.Consumer;

/**
 * The table of what goes wrong, in the order in which it is planted, and of the words by which an operator must be able to
 * tell what happened, the cause, whose fault it is and what now.
 *
 * <p>Each begins with its number in the list of trials where it has one. Every partner has its trouble to itself, so that
 * none hides another's; of one department's three, the third is planted when the others are there to be seen.
 */
enum PlantedFault {
    F11_MAPPING_WITHOUT_A_CODE(
            Kind.PARKED,
            Party.ECONOMY,
            Owner.HUB,
            "枢纽的映射写不出这个报文",
            "请集成工程师补上代码对照",
            "The hub’s mapping cannot write this message",
            "have an integration engineer add the code",
            Planting::unknownCode),
    F10_ANSWER_THAT_NOBODY_CAN_READ(
            Kind.PARKED,
            Party.ECONOMY,
            Owner.RECEIVER,
            "对方的应答无法读懂",
            "请对方修复其接口",
            "Their answer cannot be read",
            "ask them to mend their interface",
            hub -> Planting.misbehaves(hub, "economy", "garbage", Applications.ECONOMY, 1)),
    F8_ASKS_FOR_FEWER_CALLS(
            Kind.CIRCUIT,
            Party.ECONOMY,
            Owner.RECEIVER,
            "对方要求放慢",
            "在该单位页面调低速率",
            "They ask for fewer calls",
            "lower the rate on their page",
            hub -> Planting.misbehaves(hub, "economy", "too-many", Applications.ECONOMY)),
    F5_DEPARTMENT_DOWN(
            Kind.CIRCUIT,
            Party.HOUSING,
            Owner.RECEIVER,
            "连接被对方中断",
            "联系对方系统的值班人员",
            "They break the connection off",
            "call whoever runs that system",
            hub -> Planting.misbehaves(hub, "housing", "down", "312099096000")),
    F9_DEPARTMENT_HANGS(
            Kind.CIRCUIT,
            Party.HEALTHCARE,
            Owner.RECEIVER,
            "对方在约定时间内没有应答",
            "问对方系统是否过载或卡住",
            "They do not answer in the time agreed",
            "overloaded or hangs",
            hub -> Planting.misbehaves(hub, "healthcare-security", "slow", Applications.HEALTHCARE)),
    ERROR_INSIDE_OF_A_SUCCESS(
            Kind.CIRCUIT,
            Party.CIVIL_AFFAIRS,
            Owner.RECEIVER,
            "对方接通了，但应答说系统忙、未开放或出错",
            "问对方系统忙到什么时候",
            "They can be reached, but answer that their system is busy",
            "until when their system is busy",
            hub -> Planting.misbehaves(hub, "civil-affairs", "error", "312000379000")),
    CLOSED_WITHIN_ITS_HOURS(
            Kind.CIRCUIT,
            Party.HUMAN_RESOURCES,
            Owner.RECEIVER,
            "应答说系统忙、未开放或出错",
            "问对方系统忙到什么时候",
            "answer that their system is busy, closed or failing",
            "until when their system is busy",
            hub -> Planting.misbehaves(hub, "human-resources", "closed", "312000617000")),
    F2_OUTCOME_UNKNOWN(
            Kind.PARKED,
            Party.HEALTH,
            Owner.RECEIVER,
            "结果不明",
            "先向对方查清是否已办",
            "Outcome unknown",
            "ask them first whether they have it",
            hub -> Planting.misbehaves(hub, "health", "timeout-after-work", "312099081000", 1)),
    F20_KEY_NOT_ACCEPTED(
            Kind.CERTIFICATE,
            Party.POLICE,
            Owner.HUB,
            "对方不承认枢纽的身份",
            "更换证书或密钥",
            "They do not accept who the hub is",
            "replace the certificate or key",
            hub -> Planting.misbehaves(hub, "police", "unauthorized", "312000194000")),
    F10_ANSWER_FOR_ANOTHER_CASE(
            Kind.ANSWER,
            Party.ARCHIVES,
            Owner.RECEIVER,
            "对方答的是另一办件",
            "请对方查明为何串了办件",
            "They answer for another case",
            "ask them why cases are mixed up",
            Planting::answersForAnother),
    SERVER_KEY_CHANGED(
            Kind.FILES,
            Party.GRAIN,
            Owner.RECEIVER,
            "主机密钥与登记的不同",
            "向对方核实新密钥",
            "another host key than the one on file",
            "confirm the new key",
            Planting::otherServerKey),
    FILE_SERVER_REFUSES_THE_ACCOUNT(
            Kind.FILES,
            Party.TRADE_UNION,
            Owner.RECEIVER,
            "文件服务器不让枢纽登录",
            "与对方核对账号",
            "The file server does not let the hub in",
            "check the account with them",
            hub -> Planting.misbehaves(hub, "trade-union", "unauthorized", Applications.TRADE_UNION, 1)),
    CERTIFICATE_LIBRARY_HANGS(
            Kind.CIRCUIT,
            Party.LIBRARY,
            Owner.RECEIVER,
            "对方在约定时间内没有应答",
            "联系对方系统的值班人员",
            "They do not answer in the time agreed",
            "call whoever runs that system",
            Planting::libraryHangs),
    PLATFORM_REFUSES_RESULTS(
            Kind.CIRCUIT,
            Party.PLATFORM,
            Owner.RECEIVER,
            "对方的服务器出错（HTTP 5xx）",
            "请对方查看其服务器日志",
            "Their server fails (HTTP 5xx)",
            "look at their server’s log",
            hub -> Planting.misbehaves(hub, "acceptance-platform", "error", Applications.FEDERATION)),
    SHORT_MESSAGES_DOWN(
            Kind.CIRCUIT,
            Party.SMS,
            Owner.RECEIVER,
            "连接被对方中断",
            "联系对方系统的值班人员",
            "They break the connection off",
            "call whoever runs that system",
            Planting::shortMessagesDown),
    PAUSED_BY_A_PERSON(
            Kind.PAUSED,
            Party.PAYMENT,
            Owner.HUB,
            Planting.WORK_ON_THE_LEDGER,
            "原因消除后恢复",
            Planting.WORK_ON_THE_LEDGER,
            "resume it when the reason is gone",
            Planting::pause),
    UNREADABLE_IN_A_QUEUE(
            Kind.DEAD,
            Party.HUB,
            Owner.HUB,
            "无法辨认的消息",
            "查明是谁往队列里写入的",
            "nobody can read",
            "find out who wrote to the queue",
            Planting::strangersMessage),
    F16_DISK_NEARLY_FULL(
            Kind.DISK,
            Party.HUB,
            Owner.HUB,
            "MB free of",
            "腾出空间或加盘",
            "MB free of",
            "make room or add a disk",
            Planting.AT_START),
    F5_PROVINCE_CANNOT_BE_REACHED(
            Kind.CIRCUIT,
            Party.ZHEJIANG,
            Owner.RECEIVER,
            "连不上对方",
            "网络和防火墙是否通",
            "They cannot be reached",
            "network and firewall",
            Planting::caseOfTheProvince),
    F20_KEY_OF_A_PROVINCE_ENDS(
            Kind.EXPIRY,
            Party.ZHEJIANG,
            Owner.SENDER,
            "within 7 d: key zhejiang-1",
            "在此之前办好并登记新的证书或密钥",
            "within 7 d: key zhejiang-1",
            "have new ones made and registered",
            Planting.AT_START),
    /** The hub's clock goes ahead: nothing is planted after it. */
    STATUTORY_LIMIT_AT_RISK(
            Kind.LIMIT,
            Party.HOUSING,
            Owner.RECEIVER,
            "个办件的法定时限一个工作日内到期，或已经超期",
            "查看这些办件轮到谁办，并催办",
            "ends within a working day, or is over",
            "look at whose turn each is",
            Planting::weeksPass);

    /** What the hub says and does about all that is of one kind. */
    private enum Kind {
        CIRCUIT(
                "{}接不通，投递已停下",
                "一接通，积压自动放行",
                "{} does not answer: deliveries stopped",
                "once it answers, all that waits goes"),
        CERTIFICATE("{}的证书或密钥不被接受", "换好之后积压自动放行", "{} does not accept the certificate or key", "once it is replaced"),
        FILES(
                "文件送不到{}的服务器",
                "重送同一文件；对方不会收到两份",
                "A file does not get through to the server of {}",
                "sends the same file again"),
        PARKED("{}：", "不会自己重试", "{}: ", "does not try again by itself"),
        ANSWER("{}：", "对方再次给出可接收的答复", "{}: ", "once the partner says it so that it can be taken"),
        PAUSED("{}已由人暂停", "有人恢复", "{} is paused by a person", "until somebody resumes it"),
        DEAD("队列里有 1 个无法辨认的消息", "其他报文不受影响", "1 message in a queue that nobody can read", "other messages flow on"),
        DISK("枢纽数据所在磁盘将满", "继续运行直到写满", "The disk of the hub’s data fills up", "goes on until it is full"),
        EXPIRY("{}：1 个证书或密钥即将到期", "照常使用", "{}: 1 certificate or key ends soon", "goes on with them; the first ends at"),
        LIMIT("{}：", "照常投递；时限不会自动停止", "{}: the time limit of", "the clock does not stop by itself");

        private final String what;
        private final String next;
        private final String whatInEnglish;
        private final String nextInEnglish;

        Kind(String what, String next, String whatInEnglish, String nextInEnglish) {
            this.what = what;
            this.next = next;
            this.whatInEnglish = whatInEnglish;
            this.nextInEnglish = nextInEnglish;
        }
    }

    private enum Party {
        HUB("枢纽本身", "the hub"),
        ECONOMY("经信", "Economy and Informatization"),
        HOUSING("住建", "Housing and Urban-Rural Development"),
        HEALTHCARE("医保", "Healthcare Security"),
        CIVIL_AFFAIRS("民政", "Civil Affairs"),
        HUMAN_RESOURCES("人社", "Human Resources and Social Security"),
        HEALTH("卫健", "Health Commission"),
        POLICE("公安", "Public Security"),
        ARCHIVES("档案", "Archives"),
        GRAIN("粮食", "Grain and Material Reserves"),
        TRADE_UNION("总工会", "Federation of Trade Unions"),
        LIBRARY("电子证照库", "Certificate Library"),
        PLATFORM("统一受理平台", "Unified Acceptance Platform"),
        SMS("短信网关", "SMS Gateway"),
        PAYMENT("公共支付平台", "Public Payment"),
        ZHEJIANG("浙江", "Zhejiang");

        private final String chinese;
        private final String english;

        Party(String chinese, String english) {
            this.chinese = chinese;
            this.english = english;
        }
    }

    private enum Owner {
        RECEIVER("（接收方）", " (the receiver)"),
        SENDER("（来件方）", " (the sender)"),
        HUB("", "");

        private final String chinese;
        private final String english;

        Owner(String chinese, String english) {
            this.chinese = chinese;
            this.english = english;
        }
    }

    private final Kind kind;
    private final Party party;
    private final Owner owner;
    private final String cause;
    private final String act;
    private final String causeInEnglish;
    private final String actInEnglish;
    private final Consumer<RunningHub> planting;

    PlantedFault(
            Kind kind,
            Party party,
            Owner owner,
            String cause,
            String act,
            String causeInEnglish,
            String actInEnglish,
            Consumer<RunningHub> planting) {
        this.kind = kind;
        this.party = party;
        this.owner = owner;
        this.cause = cause;
        this.act = act;
        this.causeInEnglish = causeInEnglish;
        this.actInEnglish = actInEnglish;
        this.planting = planting;
    }

    void plantIn(RunningHub hub) {
        planting.accept(hub);
    }

    /** What must stand together in one entry of the page. */
    String[] words() {
        Party blamed = owner == Owner.HUB ? Party.HUB : party;
        return new String[] {
            kind.what.replace("{}", party.chinese), cause, "原因在 " + blamed.chinese + owner.chinese, kind.next, act
        };
    }

    String[] wordsInEnglish() {
        Party blamed = owner == Owner.HUB ? Party.HUB : party;
        return new String[] {
            kind.whatInEnglish.replace("{}", party.english),
            causeInEnglish,
            "Caused by " + blamed.english + owner.english,
            kind.nextInEnglish,
            actInEnglish
        };
    }
}
