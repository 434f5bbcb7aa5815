"""What is written and typed in the pictures. Every person, company and number is made up."""

from __future__ import annotations

from evidencedesk.wording.language import Language

TEXTS: dict[Language, dict[str, str]] = {
    "zh": {
        "case": "来分期",
        "creditor": "某某消费金融有限公司",
        "overdue": "【来分期】您的账单已逾期，请尽快处理。",
        "announcement": "【来分期】因您逾期未还，明日将安排工作人员上门，请在家等候。",
        "chat": "不接电话是吧？那我们上门谈。",
        "late": "自称法务部，说明天带人上门",
        "mother": "打给我母亲，说我欠钱不还",
        "letter": "律师函，没有律师事务所印章",
        "manager": "王经理",
        "knock": "两名男子敲门，自称来分期委托",
        "papers": "说“证件在车里”",
        "sum": "称欠款 18,600 元，未给明细",
        "name": "张某",
        "firm": "某某信用管理有限公司",
        "other_firm": "某某商务咨询有限公司",
        "licence": "营业执照",
        "whom": "报警",
        "officer": "接警员 0417",
        "answer": "请先不要开门，民警马上到",
        "agent": "客服 2031",
        "new_case": "模拟上门",
    },
    "en": {
        "case": "Instalment platform",
        "creditor": "A consumer finance company",
        "overdue": "Your bill is overdue. Please settle it soon.",
        "announcement": "You have not paid. Our staff will visit you tomorrow. Wait at home.",
        "chat": "Not picking up? Then we will come and talk.",
        "late": "Says he is from the legal department and will come tomorrow",
        "mother": "They called my mother and told her I owe money",
        "letter": "A lawyer's letter without the seal of a law firm",
        "manager": "Manager Wang",
        "knock": "Two men knock and say the platform sent them",
        "papers": "He says the papers are in the car",
        "sum": "They claim 18,600 yuan and show no bill",
        "name": "Mr Zhang",
        "firm": "A credit management firm",
        "other_firm": "A business consulting firm",
        "licence": "Business licence",
        "whom": "Police",
        "officer": "Operator 0417",
        "answer": "Keep the door closed, officers are on their way",
        "agent": "Agent 2031",
        "new_case": "Practice visit",
    },
}
PHONE = "138 0000 0000"
LENDER_SMS, OTHER_SMS = "10690000123456", "1068000012"
HOTLINE = "400-000-0000"
CREDIT_CODE = "91350100M000100Y44"  # its last character should be a 3: the card says so
