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
        "contract": "借款合同",
        "service": "来分期客服",
        "nobody_sent": "没有安排人员上门",
        "fee": "服务费",
        "bill_file": "还款计划.csv",
        "bill_head": "期数,应还日期,应还本金,应还利息,应还金额,已还金额,实还日期",
        "me": "李某",
        "address": "某市某区某路 1 号",
        "own_words": "我已还三期，其余金额怎么算出来的，没有人给过明细。",
        "police": "某某派出所",
        "first_part": "按方案第 1 期",
        "paid": "付款成功",
        "said": "你好，请问找谁？|"
        "我们是来分期委托的，你欠一万八千六。|"
        "请出示工作证和委托书。|证件在车里，先把钱还了。",
        "look_for": "证件",
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
        "contract": "Loan agreement",
        "service": "The platform",
        "nobody_sent": "They have sent nobody",
        "fee": "Service fee",
        "bill_file": "instalments.csv",
        "bill_head": "No,Due date,Principal,Interest,Amount due,Amount paid,Date paid",
        "me": "Ms Li",
        "address": "1 Some Road, Some City",
        "own_words": "I have paid three instalments. Nobody has shown how the rest was reckoned.",
        "police": "A police station",
        "first_part": "First part of the plan",
        "paid": "Payment made",
        "said": "Hello, whom are you looking for?|The platform sent us, you owe 18,600.|"
        "Please show your papers.|The papers are in the car, pay first.",
        "look_for": "papers",
    },
}
PHONE = "138 0000 0000"
LENDER_SMS, OTHER_SMS = "10690000123456", "1068000012"
HOTLINE = "400-000-0000"
CREDIT_CODE = "91350100M000100Y44"  # its last character should be a 3: the card says so
