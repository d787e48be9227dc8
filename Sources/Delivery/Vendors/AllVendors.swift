/// Every vendor; their verdicts stand in this order.
package let allVendors: [any Vendor] = [
    SpamAssassin(),
    Rspamd(),
    Proton(),
    Forefront(),
]
